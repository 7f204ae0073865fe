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
  fprintf(stderr,
          "usage: t31_libimp_client [-s SENSOR,ADDRESS] [-f FRAMES] [-o FOLDER] [-e "
          "LINES,GAIN,RED,BLUE] stream|controls|"
          "changes|die\n");
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

static void run(const struct client_options* options, const char* what) {
  hold_exposure(options);
  if (strcmp(what, "controls") == 0) check_bypass();
  usleep(1200000); /* settings have reached the picture, also of a camera whose time runs slower */
  for (int channel = 0; channel < CHANNELS; ++channel) channel_start(options, channel);
  if (strcmp(what, "changes") == 0) {
    check_changes(options);
  } else {
    channels_take(options);
  }
  if (strcmp(what, "controls") == 0) check_controls();
  if (strcmp(what, "die") == 0) raise(SIGKILL);
  for (int channel = 0; channel < CHANNELS; ++channel) channel_stop(channel);
}

int main(int argc, char** argv) {
  struct client_options options = {"sc2336", 0x30, {1920, 640}, {1080, 360}, 10, NULL, 0, 0, 0, 0};
  static char name[32];
  int letter;
  while ((letter = getopt(argc, argv, "s:f:o:e:")) != -1) {
    if (letter == 's' && sscanf(optarg, "%31[^,],%i", name, &options.address) == 2) {
      options.sensor = name;
    } else if (letter == 'f') {
      options.frames = atoi(optarg);
    } else if (letter == 'o') {
      options.folder = optarg;
    } else if (letter != 'e' || sscanf(optarg, "%u,%u,%u,%u", &options.lines, &options.gain,
                                       &options.red, &options.blue) != 4) {
      return usage();
    }
  }
  if (optind != argc - 1) return usage();
  IMPVersion version;
  IMP_System_GetVersion(&version);
  printf("library %s\n", version.aVersion);
  if (camera_start(&options) == 0) {
    run(&options, argv[optind]);
    camera_stop();
  }
  printf("%d failures\n", failures());
  return failures() != 0;
}
