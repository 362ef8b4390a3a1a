/**
 * An application that uses interfaces of another one as clients.
 */
@NullMarked
package io.irpc.docs.desk;

import org.jspecify.annotations.NullMarked;
