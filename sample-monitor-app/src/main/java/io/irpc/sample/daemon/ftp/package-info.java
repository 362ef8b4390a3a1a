/**
 * The FTP server that receives the files.
 */
@NullMarked
package io.irpc.sample.daemon.ftp;

import org.jspecify.annotations.NullMarked;
