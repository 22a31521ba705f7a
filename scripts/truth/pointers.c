/* 16 KiB of pointers, which are relocated unless their places are known at link time; then it waits. */
#include <unistd.h>

#define FOUR(x) x, x, x, x
#define POINTERS(x) FOUR(FOUR(FOUR(FOUR(FOUR(x)))))

static const char text[] = "text";
const char *const pointers[2048] = {POINTERS(text), POINTERS(text + 1)};

int main(void)
{
	pause();
	return pointers[0] == pointers[1];
}
