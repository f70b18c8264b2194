// SPDX-License-Identifier: MIT
#include "cli/program.hpp"

int main(int argc, char** argv) { return spanlab::host::cli::main_of(argc, argv); }
