import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    static let auditing = [
        StoreFlaw(
            "loses the subject",
            breaks: "an event is returned as written, whichever call wrote it"
        ) { $0.rewrite { $0.replacing(subject: nil) } },
        StoreFlaw(
            "writes no event with the verdict",
            breaks: "an event is returned as written, whichever call wrote it"
        ) {
            $0.conclude = { store, reservation, outcome, _ throws(StoreFailure) in
                try store.storage.change { $0.settle(reservation, as: outcome) }
            }
        },
        StoreFlaw(
            "takes an empty text for nothing",
            breaks: "absent and empty text stay distinct"
        ) { $0.rewrite { $0.replacing(subject: $0.subject.flatMap { $0.isEmpty ? nil : $0 }) } },
        StoreFlaw(
            "normalizes texts",
            breaks: "every text is returned byte for byte"
        ) { $0.rewrite { $0.replacing(subject: $0.subject?.precomposedStringWithCanonicalMapping) } },
        StoreFlaw(
            "cuts texts at 255 characters",
            breaks: "long texts and many notices are returned completely"
        ) { $0.rewrite { $0.replacing(subject: $0.subject.map { String($0.prefix(255)) }) } },
        StoreFlaw(
            "keeps times in whole seconds",
            breaks: "times are returned with the precision that the store declares"
        ) {
            $0.rewrite { event in
                let seconds = event.began.timeIntervalSince1970.rounded(.down)
                return event.replacing(subject: event.subject, began: Date(timeIntervalSince1970: seconds))
            }
        },
        StoreFlaw(
            "orders events by their time",
            breaks: "events are returned in the order written"
        ) {
            $0.newestEvents = { store, count throws(StoreFailure) in
                try await store.newestEvents(count).sorted { $0.began < $1.began }
            }
        },
        StoreFlaw(
            "gives the oldest events for the newest",
            breaks: "the newest events are as many as requested, or as exist"
        ) {
            $0.newestEvents = { store, count throws(StoreFailure) in
                try store.storage.change { Array($0.events.prefix(max(0, count))) }
            }
        },
        StoreFlaw(
            "writes the log whole, from a copy",
            breaks: "no event is lost when many are written at once"
        ) {
            $0.append = { store, event throws(StoreFailure) in
                let events = store.storage.force { $0.events }
                await dawdle()
                store.storage.force { $0.events = events + [event] }
            }
        },
        StoreFlaw(
            "writes an event at the reservation already",
            breaks: "a reservation alone writes no event"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                try await store.append(.example(of: reservation))
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "writes no event of a login that holds nothing",
            breaks: "the event of a login without a reservation is still written"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                let holder = store.storage.force { $0.holds[reservation.key]?.login }
                guard holder == reservation.login else { return }
                try await store.conclude(reservation, as: outcome, recording: event)
            }
        },
    ]

    /// Makes both calls that write an event write a different one.
    private mutating func rewrite(_ change: @escaping @Sendable (AuditEvent) -> AuditEvent) {
        append = { store, event throws(StoreFailure) in
            try await store.append(change(event))
        }
        conclude = { store, reservation, outcome, event throws(StoreFailure) in
            try await store.conclude(reservation, as: outcome, recording: change(event))
        }
    }
}
