/*
 * The program of the thread "ten thousand small processes" (D. J. Bernstein, freebsd-performance,
 * June 2003): five small allocations, 1076 bytes in all, and then it waits. What does one more
 * process of it cost?
 */
#include <stdlib.h>
#include <unistd.h>

int main(void)
{
	/* Stores to a volatile variable must happen, so the compiler cannot drop the calls. */
	void *volatile kept;

	kept = malloc(360);
	kept = malloc(80);
	kept = malloc(180);
	kept = malloc(16);
	kept = malloc(440);
	(void)kept;
	sleep(10);
	_exit(0);
}
