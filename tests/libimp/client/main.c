/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main.c - a camera program over the vendor's library, for what the library asks of the driver.
 * Prints every call and its result; exit status: 0 all as documented, 1 not, 2 wrong usage.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "camera.h"

static int usage(void) {
  fprintf(
      stderr,
      "usage: t31_libimp_client [-s SENSOR,ADDRESS] [-f FRAMES] [-o FOLDER] [-e "
      "LINES,GAIN,RED,BLUE] [-u] stream|controls|changes|die|setup|hooks|sources|regions|prudynt|"
      "raptor\n");
  return 2;
}

static int hold_exposure(const struct client_options* options) {
  IMPISPWB balance;
  if (options->lines == 0) return 0;
  hold_gains(options->lines, options->gain);
  memset(&balance, 0, sizeof(balance));
  balance.mode = ISP_CORE_WB_MODE_MANUAL;
  balance.rgain = (uint16_t)options->red;
  balance.bgain = (uint16_t)options->blue;
  return expect("IMP_ISP_Tuning_SetWB", IMP_ISP_Tuning_SetWB(&balance), 0);
}

static void run_camera(const struct client_options* options, const char* what) {
  const int starts_its_own = strcmp(what, "sources") == 0 || strcmp(what, "regions") == 0;
  if (camera_start(options, NULL) != 0) return;
  hold_exposure(options);
  if (strcmp(what, "controls") == 0) check_bypass();
  usleep(1200000); /* settings have reached the picture, also of a camera whose time runs slower */
  for (int channel = 0; channel < CHANNELS && !starts_its_own; ++channel) {
    channel_start(options, channel);
  }
  if (strcmp(what, "sources") == 0) {
    check_sources(options);
  } else if (strcmp(what, "regions") == 0) {
    check_regions(options);
  } else if (strcmp(what, "changes") == 0) {
    check_changes(options);
  } else {
    channels_take(options);
  }
  if (strcmp(what, "controls") == 0) check_controls();
  if (strcmp(what, "die") == 0) raise(SIGKILL);
  for (int channel = 0; channel < CHANNELS && !starts_its_own; ++channel) channel_stop(channel);
  camera_stop();
}

/* Those with a start and an end of their own. */
static const struct {
  const char* name;
  void (*run)(const struct client_options* options);
} sessions[] = {{"setup", session_setup},
                {"hooks", session_hooks},
                {"prudynt", session_prudynt},
                {"raptor", session_raptor}};

static int run(const struct client_options* options, const char* what) {
  static const char* const modes[] = {"stream", "controls", "changes", "die", "sources", "regions"};
  for (unsigned at = 0; at < sizeof(sessions) / sizeof(sessions[0]); ++at) {
    if (strcmp(what, sessions[at].name) != 0) continue;
    sessions[at].run(options);
    return 0;
  }
  for (unsigned at = 0; at < sizeof(modes) / sizeof(modes[0]); ++at) {
    if (strcmp(what, modes[at]) != 0) continue;
    run_camera(options, what);
    return 0;
  }
  return usage();
}

int main(int argc, char** argv) {
  struct client_options options = {"sc2336", 0x30, {1920, 640}, {1080, 360}, 10, NULL, 0, 0, 0, 0};
  static char name[32];
  int letter;
  while ((letter = getopt(argc, argv, "s:f:o:e:u")) != -1) {
    if (letter == 's' && sscanf(optarg, "%31[^,],%i", name, &options.address) == 2) {
      options.sensor = name;
    } else if (letter == 'f') {
      options.frames = atoi(optarg);
    } else if (letter == 'o') {
      options.folder = optarg;
    } else if (letter == 'u') {
      options.untimed = 1;
    } else if (letter != 'e' || sscanf(optarg, "%u,%u,%u,%u", &options.lines, &options.gain,
                                       &options.red, &options.blue) != 4) {
      return usage();
    }
  }
  if (optind != argc - 1) return usage();
  IMPVersion version;
  IMP_System_GetVersion(&version);
  printf("library %s\n", version.aVersion);
  if (run(&options, argv[optind]) != 0) return 2;
  printf("%d failures\n", failures());
  return failures() != 0;
}
