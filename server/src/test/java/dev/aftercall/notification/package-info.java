@NullMarked
package dev.aftercall.notification;

import org.jspecify.annotations.NullMarked;
