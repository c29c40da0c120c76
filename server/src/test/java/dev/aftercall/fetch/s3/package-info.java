@NullMarked
package dev.aftercall.fetch.s3;

import org.jspecify.annotations.NullMarked;
