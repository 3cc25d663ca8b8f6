// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/newfile.h"

#include "client/failures.h"
#include "platform/hardening.h"

#include <cerrno>
#include <cstdio>
#include <memory>

namespace latchkey::ctl {

void writeNewFile(const std::string &path, const std::string &text)
{
    keepFilesPrivate();
    errno = 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(
        std::fopen(path.c_str(), "wbx"), std::fclose); // x: never one that is there, nor a link
    if (!file && errno == EEXIST)
        throw fileIsThere(path);
    if (!file || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()
        || std::fflush(file.get()) != 0)
        throw cannotWriteTo(path, errno);
}

} // namespace latchkey::ctl
