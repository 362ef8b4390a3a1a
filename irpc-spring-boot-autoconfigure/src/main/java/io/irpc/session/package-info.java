/**
 * What both ends of a connection share: sessions, the dispatch of received commands, the
 * bookkeeping of sent ones.
 */
@NullMarked
package io.irpc.session;

import org.jspecify.annotations.NullMarked;
