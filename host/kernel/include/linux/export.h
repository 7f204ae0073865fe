/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export.h - symbols for other modules: on the host every global function is one */
#ifndef T31_STANDIN_LINUX_EXPORT_H
#define T31_STANDIN_LINUX_EXPORT_H

#define EXPORT_SYMBOL(symbol) struct t31_exported_##symbol

#endif
