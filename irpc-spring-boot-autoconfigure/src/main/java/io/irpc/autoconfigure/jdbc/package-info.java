/**
 * Auto-configuration of the journal on a relational database.
 */
@NullMarked
package io.irpc.autoconfigure.jdbc;

import org.jspecify.annotations.NullMarked;
