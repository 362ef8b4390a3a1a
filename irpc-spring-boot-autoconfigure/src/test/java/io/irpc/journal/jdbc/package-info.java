/**
 * Tests of the journal on relational databases.
 */
@NullMarked
package io.irpc.journal.jdbc;

import org.jspecify.annotations.NullMarked;
