// SPDX-License-Identifier: GPL-2.0-or-later
// Nothing of its own: the precompiled headers of all tests belong to this file's target.
