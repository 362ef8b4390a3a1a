/**
 * The log of events on a relational database.
 */
@NullMarked
package io.irpc.journal.jdbc;

import org.jspecify.annotations.NullMarked;
