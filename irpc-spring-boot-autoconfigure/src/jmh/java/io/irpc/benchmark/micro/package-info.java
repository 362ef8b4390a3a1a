/**
 * Measures what is done for each line: decoding and encoding, conversion of arguments and
 * filtering of events.
 */
@NullMarked
package io.irpc.benchmark.micro;

import org.jspecify.annotations.NullMarked;
