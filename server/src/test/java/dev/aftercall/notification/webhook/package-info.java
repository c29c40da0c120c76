@NullMarked
package dev.aftercall.notification.webhook;

import org.jspecify.annotations.NullMarked;
