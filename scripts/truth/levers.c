/*
 * A larger program than the sample's: tables of pointers that are relocated unless their places are
 * known at link time, data and functions that nothing uses, a bss of which it writes the beginning, free().
 * It asks malloc for what the sample asks for, and waits. Built as a ZYGOTE it forks first, and its
 * children wait.
 */
#include <stdlib.h>
#include <unistd.h>

#define FOUR(x) x, x, x, x
#define POINTERS(x) FOUR(FOUR(FOUR(FOUR(FOUR(x)))))

static const char text[] = "text";
const char *const constant[1024] = {POINTERS(text)};
const char *variable[1024] = {POINTERS(text + 1)};
char unused[40000] = "nothing refers to this";
char zeroed[100000];

int unused_function(int n)
{
	return n < 2 ? n : unused_function(n - 1) + unused_function(n - 2);
}

int main(int argc, char **argv)
{
	void *volatile kept;

	kept = malloc(360);
	kept = malloc(80);
	kept = malloc(180);
	kept = malloc(16);
	kept = malloc(440);
	if (argc > 9)
		free(kept);
	kept = (void *)(long)*(volatile const char *)text;
	zeroed[4096] = zeroed[8192] = 1;
#ifdef ZYGOTE
	for (int left = atoi(argv[1]); left > 0; left--)
		if (fork() == 0) {
			pause();
			_exit(0);
		}
#endif
	pause();
	_exit(constant[argc] == variable[argc]);
}
