// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read files all the time, several at once, whatever happens to them meanwhile.
 *
 * usage: readers COUNT PERIOD_MS DIRECTORY...
 *
 * COUNT processes, each of which reads one file after the other, where it may, and
 * sleeps for PERIOD_MS or less between them. Ends by SIGTERM, its processes with it, and
 * says how many files were read.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define READERS_MAX	64

/* Those that answer by waiting are not for this */
static void read_file(int directory, const char *name, unsigned long *count)
{
	char text[4096];
	struct stat info;
	int fd;

	if (fstatat(directory, name, &info, 0) || !S_ISREG(info.st_mode) ||
	    !(info.st_mode & 0444))
		return;
	fd = openat(directory, name, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return;
	while (read(fd, text, sizeof(text)) > 0)
		;
	close(fd);
	++*count;
}

static void read_directory(const char *path, unsigned int period_us, unsigned long *count)
{
	DIR *directory = opendir(path);
	struct dirent *entry;

	usleep(period_us);
	if (!directory)
		return;
	while ((entry = readdir(directory))) {
		read_file(dirfd(directory), entry->d_name, count);
		usleep((unsigned int)rand() % (period_us + 1));
	}
	closedir(directory);
}

static void read_on(char **paths, unsigned int period_us, unsigned long *count)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		for (char **path = paths; *path; path++)
			read_directory(*path, period_us, count);
}

int main(int argc, char **argv)
{
	int readers = argc < 4 ? 0 : atoi(argv[1]);
	unsigned long *counts;
	unsigned long sum = 0;
	pid_t pids[READERS_MAX];
	sigset_t end;
	int number;

	if (readers < 1 || readers > READERS_MAX) {
		fprintf(stderr, "usage: readers COUNT PERIOD_MS DIRECTORY...\n");
		return 2;
	}
	counts = mmap(NULL, READERS_MAX * sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		return 1;
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, NULL);
	for (int i = 0; i < readers; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			srand((unsigned int)i + 1);
			read_on(argv + 3, (unsigned int)atoi(argv[2]) * 1000, &counts[i]);
		}
	}
	sigwait(&end, &number);
	for (int i = 0; i < readers; i++) {
		if (pids[i] > 0)
			kill(pids[i], SIGKILL);
	}
	while (wait(NULL) > 0)
		;
	for (int i = 0; i < readers; i++)
		sum += counts[i];
	printf("@@READ %lu\n", sum);
	return 0;
}
