# Holds a program at its entry point: perl at-entry.pl FILE [ARGUMENT...]
#
# Prints "PID ENTRY" when the program is about to execute the first instruction of its own: the
# dynamic loader has relocated everything, and run the libraries' constructors. Kills it when
# standard input ends, or when this process ends. The breakpoint is one of the processor's, so nothing
# is written to the process; the breakpoints of a debugger make the pages private they are in.
# Linux, x86-64.
use strict;
use warnings;

# arch/x86/entry/syscalls/syscall_64.tbl
my ($PTRACE, $PERSONALITY) = (101, 135);
# include/uapi/linux/ptrace.h, personality.h, auxvec.h
my ($TRACEME, $POKEUSER, $CONT, $SETOPTIONS) = (0, 6, 7, 0x4200);
my $EXITKILL = 0x100000;
my $ADDR_NO_RANDOMIZE = 0x0040000;
my $AT_ENTRY = 9;
# Debug registers in struct user (arch/x86/include/asm/user_64.h); bit 0 of the last one switches
# the first one on, for execution.
my ($ADDRESS, $CONTROL) = (848, 848 + 7 * 8);

my $pid = fork() // die "fork: $!\n";
if ($pid == 0) {
  syscall($PERSONALITY, $ADDR_NO_RANDOMIZE);
  syscall($PTRACE, $TRACEME, 0, 0, 0);
  exec { $ARGV[0] } @ARGV or die "$ARGV[0]: $!\n";
}
waitpid($pid, 0); # exec stops it
open(my $file, '<:raw', "/proc/$pid/auxv") or die "It has ended.\n";
read($file, my $auxv, 4096);
my $entry = { unpack('Q*', $auxv) }->{$AT_ENTRY} // die "It has ended.\n";
trace($SETOPTIONS, 0, $EXITKILL);
trace($POKEUSER, $ADDRESS, $entry);
trace($POKEUSER, $CONTROL, 1);
trace($CONT, 0, 0);
waitpid($pid, 0);
$| = 1;
print "$pid $entry\n";
<STDIN>;
kill 'KILL', $pid;

sub trace {
  my ($request, $address, $data) = @_;
  syscall($PTRACE, $request, $pid, $address, $data) == 0 or die "ptrace: $!\n";
}
