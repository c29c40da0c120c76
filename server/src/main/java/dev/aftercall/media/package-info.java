/** Media containers: type, duration and tracks of MP4 and WebM, read with bounds. */
@NullMarked
package dev.aftercall.media;

import org.jspecify.annotations.NullMarked;
