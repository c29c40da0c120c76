/**
 * Mends recordings and draws pictures of them by ffmpeg, where that is installed. What is read is
 * never changed.
 */
@NullMarked
package dev.aftercall.repair;

import org.jspecify.annotations.NullMarked;
