import Foundation
import IdentityBroker

extension StoreRules {
    static let auditing: [StoreRule<StoreBench>] = [
        StoreRule(
            "an event is returned as written, whichever call wrote it",
            because: "The audit log answers the question who signed in. Every field counts."
        ) { bench in
            let store = try await bench.open()
            let reservation = OneTimeReservation.sample()
            let (appended, concluded) = (AuditEvent.sample(text: "one"), AuditEvent.sample(text: "two"))
            try await store.append(appended)
            try await store.mustGrant(reservation, "to the first caller")
            try await store.conclude(reservation, as: .spent, recording: concluded)
            try await store.mustHold([appended, concluded], resolution: bench.timeResolution)
        },
        StoreRule(
            "absent and empty text stay distinct",
            because: "An absent failure means success; an empty one is a bug. A log must not confuse them."
        ) { bench in
            let store = try await bench.open()
            let events = [AuditEvent.uniform(nil), .uniform("")]
            for event in events { try await store.append(event) }
            try await store.mustHold(events, resolution: bench.timeResolution)
        },
        StoreRule(
            "every text is returned byte for byte",
            because: "An upstream chooses its ids and codes: they may contain quotes, other scripts, and lookalikes."
        ) { bench in
            let store = try await bench.open()
            let texts = [
                "微信 · Müller · 👩🏽‍💻 · עברית", "'; DROP TABLE events; --", "\"double\" and \\back\\slash",
                "%s %d $1 ?1 :name",
                "caf\u{E9}", "cafe\u{301}", "\u{212B}\u{FEFF}\u{200B}", "line\nfeed\r\n\ttab", "\u{10FFFD}\u{7F}\u{1}",
                " padded ",
                "null", "NULL", "{\"json\":[1]}",
            ]
            let events = texts.map { AuditEvent.uniform($0) }
            for event in events { try await store.append(event) }
            try await store.mustHold(events, resolution: bench.timeResolution)
        },
        StoreRule(
            "long texts and many notices are returned completely",
            because: "A store that truncates a text loses the record of a login; one that refuses it loses the login."
        ) { bench in
            let store = try await bench.open()
            let long = AuditEvent.uniform(String(repeating: "0123456789abcdef", count: 4_096))
            let many = AuditEvent.sample(text: "one of many").noting((0..<1_000).map { "notice_\($0)" })
            for event in [long, many] { try await store.append(event) }
            try await store.mustHold([long, many], resolution: bench.timeResolution)
        },
        StoreRule(
            "times are returned with the precision that the store declares",
            because: "Logins are ordered and correlated by their times, and durations are measured for a reason."
        ) { bench in
            let store = try await bench.open()
            let dates = [
                Date.second(0.123_456), .second(0.999_999), .second(1e-6), Date(timeIntervalSince1970: 0),
                Date(timeIntervalSince1970: -86_400.5), Date(timeIntervalSince1970: 7_258_118_400),
            ]
            let durations: [Duration] = [
                .zero, .nanoseconds(1), .microseconds(1_500), .seconds(3_600) + .microseconds(1), .seconds(100_000_000),
            ]
            let events =
                dates.map { AuditEvent.sample(began: $0) } + durations.map { AuditEvent.sample(duration: $0) }
            for event in events { try await store.append(event) }
            try await store.mustHold(events, resolution: bench.timeResolution)
        },
        StoreRule(
            "events are returned in the order written",
            because: "A log in another order tells another story. Clocks differ between machines, and can go back."
        ) { bench in
            let store = try await bench.open()
            let seconds: [Double] = [5, 3, 3, 9, -7, 0, 3, 8]
            let events = seconds.enumerated().map { AuditEvent.sample(began: .second($1), text: "number \($0)") }
            for (number, event) in events.enumerated() {
                if number.isMultiple(of: 2) {
                    try await store.append(event)
                } else {
                    try await store.conclude(.sample(number), as: .spent, recording: event)
                }
            }
            try await store.mustHold(events, resolution: bench.timeResolution)
        },
        StoreRule(
            "the newest events are as many as requested, or as exist",
            because: "A request for the last three must not return the first three, nor load all of them."
        ) { bench in
            let store = try await bench.open()
            let none = try await store.newestEvents(5)
            try require(none.isEmpty, "newestEvents(5) of an empty store returned \(none.count)")
            let events = (0..<6).map { AuditEvent.sample(text: "number \($0)") }
            for event in events { try await store.append(event) }
            for count in [-1, 0, 1, 5, 6, 7, 1_000, .max] {
                let expected = events.suffix(max(0, count)).map(\.login)
                let read = try await store.newestEvents(count).map(\.login)
                try require(
                    read == expected, "newestEvents(\(count)) of 6 returned \(read.count), or the wrong ones")
            }
        },
        StoreRule(
            "no event is lost when many are written at once",
            because: "Logins may end at the same moment. Without its event, a login was answered unrecorded."
        ) { bench in
            let store = try await bench.open()
            let written = try await race(100) { number in
                let event = AuditEvent.sample(text: "number \(number)")
                if number.isMultiple(of: 2) {
                    try await store.append(event)
                } else {
                    let reservation = OneTimeReservation.sample(number)
                    try await store.mustGrant(reservation, "to the first caller")
                    try await store.conclude(reservation, as: .spent, recording: event)
                }
                return event.login
            }
            let read = try await store.newestEvents(1_000).map(\.login)
            try require(Set(read) == Set(written), "\(Set(read).count) of 100 events written at once came back")
            try require(read.count == written.count, "100 events were written, but \(read.count) came back")
        },
        StoreRule(
            "a reservation alone writes no event",
            because: "The event says how a login ended, and this one has not."
        ) { bench in
            let store = try await bench.open()
            try await store.mustGrant(.sample(), "to the first caller")
            try await store.mustRefuse(.sample(), "to a second caller")
            try await store.mustHold([], resolution: bench.timeResolution)
        },
        StoreRule(
            "the event of a login without a reservation is still written",
            because: "A login that lost its reservation still happened, and is about to be answered."
        ) { bench in
            let store = try await bench.open()
            try await store.mustGrant(.sample(), "to the first caller")
            let events = [AuditEvent.sample(text: "of a stranger"), .sample(text: "of nobody's credential")]
            try await store.conclude(.sample(), as: .released, recording: events[0])
            try await store.conclude(.sample(99), as: .spent, recording: events[1])
            try await store.mustHold(events, resolution: bench.timeResolution)
        },
    ]
}

extension AuditEvent {
    fileprivate func noting(_ notices: [String]) -> AuditEvent {
        AuditEvent(
            action: action,
            login: login,
            client: client,
            began: began,
            duration: duration,
            provider: provider,
            providerType: providerType,
            credentialKind: credentialKind,
            issuer: issuer,
            subject: subject,
            failure: failure,
            credential: credential,
            upstreamCode: upstreamCode,
            notices: notices
        )
    }
}
