/* A program of the shape that macros choose: it has data of that kind, uses next to none of it, and waits. */
#include <unistd.h>

#define FOUR(x) x, x, x, x
#define THOUSAND(x) FOUR(FOUR(FOUR(FOUR(FOUR(x)))))

#ifdef POINTERS
static const char text[] = "text";
const char *const constant[4096] = {FOUR(THOUSAND(text))};
const char *variable[4096] = {FOUR(THOUSAND(text + 1))};
#endif
#ifdef BSS
char zeroed[BSS];
#endif
#ifdef DATA
char data[DATA] = {1};
#endif
#ifdef ALIGNED
__attribute__((aligned(ALIGNED))) char aligned[100] = {1};
#endif
#ifdef TLS
__thread char local[TLS]
#ifdef INITIALISED
	= {1}
#endif
	;
#endif
#ifdef COPIED
extern char copied[100000];
extern const char constants[50000];
#endif
#ifdef IFUNC
static int chosen(void) { return 1; }
static void *choose(void) { return chosen; }
int function(void) __attribute__((ifunc("choose")));
int (*functions[600])(void) = {[0 ... 599] = function};
#endif

int main(int argc, char **argv)
{
	int sum = 0;

	pause();
#ifdef POINTERS
	sum += constant[argc] == variable[argc];
#endif
#ifdef BSS
	sum += zeroed[argc];
#endif
#ifdef DATA
	sum += data[argc];
#endif
#ifdef ALIGNED
	sum += aligned[argc];
#endif
#ifdef TLS
	sum += local[argc];
#endif
#ifdef COPIED
	sum += copied[argc] + constants[argc];
#endif
#ifdef IFUNC
	sum += functions[argc]();
#endif
	return sum;
}
