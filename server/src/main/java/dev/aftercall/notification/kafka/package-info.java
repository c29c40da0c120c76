/** Tells what became visible through Kafka, and so through Azure Event Hubs. */
@NullMarked
package dev.aftercall.notification.kafka;

import org.jspecify.annotations.NullMarked;
