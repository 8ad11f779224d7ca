/* attendance.h: a family and the places of a service.
 *
 * What question it answers: does it start at once, wait, give up, complete, drop out?
 * Floor: world; a part of the shared moments (scene.h). A family asks with the last offer that it took up: the offer's number is the
 * occurrence of patience, length and completion. */
#ifndef PW_WORLD_ATTENDANCE_H
#define PW_WORLD_ATTENDANCE_H

#include "scene.h"

/* Asks for a place of service v: starts, joins the line, or is refused. */
void pw_attendance_ask(pw_scene_t *self, pw_family_t *f, uint32_t slot, int v, pw_ticks_t t);
/* Ends the attendance (completed or not) or the waiting; serves the line. */
void pw_attendance_leave(pw_scene_t *self, pw_family_t *f, uint32_t slot, int v, bool completed, bool dropped, pw_ticks_t t);
/* Ends what the service clock says is over at t. */
void pw_attendance_due(pw_scene_t *self, pw_family_t *f, uint32_t slot, pw_ticks_t t);
/* Gives free places of service v to its line. */
void pw_attendance_serve(pw_scene_t *self, int v, pw_ticks_t t);

#endif
