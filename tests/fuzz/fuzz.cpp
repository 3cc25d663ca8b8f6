// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "fuzz/fuzz.h"

#include "wire/oauth/kinds.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>

namespace latchkey::fuzz {

void must(bool holds, const char *promise)
{
    if (holds)
        return;
    std::fprintf(stderr, "Broken promise: %s\n", promise);
    std::abort();
}

bool isJson(const QByteArray &text)
{
    return nlohmann::json::accept(text.begin(), text.end());
}

const Kind &azure()
{
    static const Kind kind = Kinds().find(QStringLiteral("azure")).value();
    return kind;
}

} // namespace latchkey::fuzz

// Called by libFuzzer: https://llvm.org/docs/LibFuzzer.html
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const QCoreApplication application(*argc, *argv); // timers need one
    qInstallMessageHandler([](auto, const auto &, const auto &) { }); // some inputs cause warnings
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const char *data, std::size_t size)
{
    latchkey::fuzz::tryOne(QByteArray(data, static_cast<qsizetype>(size)));
    return 0;
}
