// SPDX-License-Identifier: GPL-2.0-or-later
#include "driver/device/camera.hpp"

namespace t31::device {

Camera::Camera(core::Platform& platform, const t31_parameters& parameters)
    : parameters_(parameters),
      platform_(platform),
      session_("session"),
      output_(platform.isp(), parameters_, links_),
      picture_("picture"),
      blocks_(platform.isp()),
      frame_lock_("frame"),
      frame_done_wait_("frame done"),
      statistics_wait_("statistics") {
  top_.attach(platform.isp());
  statistics_.attach(platform.isp());
  csi_.attach(platform.csi(), platform.phy());
  vic_.attach(platform.vic());
  capture_.attach(platform.vic());
  raw_stream_.attach(platform.vic());
  output_.attach_raw(&raw_stream_);
  frame_item_.init(&Camera::run_frame_work, this);
  sensor_item_.init(&Camera::run_sensor_work, this);
}

Camera::~Camera() {
  stop();
}

Status Camera::start() {
  const core::InterruptHooks hooks = {this,
                                      &Camera::on_frame_start,
                                      &Camera::on_statistics,
                                      &Camera::on_ip_done,
                                      &Camera::on_channel_done,
                                      &Camera::on_video_input};
  Status status = Status::from(t31_port_queue_create("isp-frame", &frame_queue_));
  if (!status.ok()) {
    frame_queue_ = nullptr;
    return status;
  }
  status = Status::from(t31_port_queue_create("isp-sensor", &sensor_queue_));
  if (!status.ok()) {
    sensor_queue_ = nullptr;
  } else {
    status = interrupts_.acquire(platform_.isp(), hooks);
  }
  if (!status.ok()) stop();
  return status;
}

void Camera::stop() {
  interrupts_.release();
  if (sensor_queue_ != nullptr) {
    sensor_item_.cancel(sensor_queue_);
    t31_port_queue_destroy(sensor_queue_);
  }
  if (frame_queue_ != nullptr) {
    frame_item_.cancel(frame_queue_);
    t31_port_queue_destroy(frame_queue_);
  }
  sensor_queue_ = frame_queue_ = nullptr;
}

}  // namespace t31::device
