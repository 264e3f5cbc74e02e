import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer

extension StoreFlaw {
    private static let refusing = "while \(NaiveStorage.Fault.refusesEverything.rawValue)"
    private static let losing = "while \(NaiveStorage.Fault.losesAnswers.rawValue)"

    static let underFault = [
        StoreFlaw(
            "takes no answer for a yes",
            breaks: "\(refusing), reserve fails or succeeds, reports truthfully which, and works again later",
            "\(refusing), append fails or succeeds, reports truthfully which, and works again later",
            "\(refusing), a verdict of spent and its event are stored together or not at all",
            "\(refusing), a verdict of released and its event are stored together or not at all",
            "\(refusing), purge fails or succeeds, frees nothing that is held, and works again later",
            "\(refusing), held credentials stay held",
            "\(losing), held credentials stay held"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.reserve(reservation, at: now) } catch { return true }
            }
            $0.append = { store, event throws(StoreFailure) in
                do throws(StoreFailure) { try await store.append(event) } catch {}
            }
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    try await store.conclude(reservation, as: outcome, recording: event)
                } catch {}
            }
            $0.purge = { store, now, count throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.purge(at: now, atMost: count) } catch { return 0 }
            }
        },
        StoreFlaw(
            "takes no answer for nothing done",
            breaks: "\(losing), reserve fails or succeeds, reports truthfully which, and works again later",
            "\(losing), append fails or succeeds, reports truthfully which, and works again later",
            "\(losing), a verdict of spent and its event are stored together or not at all",
            "\(losing), a verdict of released and its event are stored together or not at all",
            "\(losing), purge fails or succeeds, frees nothing that is held, and works again later"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.reserve(reservation, at: now) } catch { throw denied }
            }
            $0.append = { store, event throws(StoreFailure) in
                do throws(StoreFailure) { try await store.append(event) } catch { throw denied }
            }
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    try await store.conclude(reservation, as: outcome, recording: event)
                } catch { throw denied }
            }
            $0.purge = { store, now, count throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.purge(at: now, atMost: count) } catch { throw denied }
            }
        },
        StoreFlaw(
            "settles though the event was refused",
            breaks: "\(refusing), a verdict of spent and its event are stored together or not at all",
            "\(refusing), a verdict of released and its event are stored together or not at all"
        ) {
            $0.conclude = { store, reservation, outcome, event throws(StoreFailure) in
                store.storage.force { $0.settle(reservation, as: outcome) }
                do throws(StoreFailure) { try await store.append(event) } catch {
                    throw StoreFailure(error.message, mayHaveHappened: true)
                }
            }
        },
        StoreFlaw(
            "waits for an answer for ever",
            breaks: "\(refusing), reserve fails or succeeds, reports truthfully which, and works again later"
        ) {
            $0.callLimit = .seconds(2)
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                if store.storage.fault != nil {
                    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
                }
                return try await store.reserve(reservation, at: now)
            }
        },
        StoreFlaw(
            "names the digest and the subject in its failures",
            breaks: "\(refusing), no failure reveals anything about the credential or the login",
            "\(losing), no failure reveals anything about the credential or the login"
        ) {
            $0.reserve = { store, reservation, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.reserve(reservation, at: now) } catch {
                    let digest = Data(reservation.key.digest).base64EncodedString()
                    throw StoreFailure("INSERT of \(digest) failed.", mayHaveHappened: error.mayHaveHappened)
                }
            }
        },
        StoreFlaw(
            "stays broken",
            breaks: "\(refusing), append fails or succeeds, reports truthfully which, and works again later"
        ) {
            $0.append = { store, event throws(StoreFailure) in
                if store.storage.fault != nil { store.storage.force { $0.events.append(.broken) } }
                if store.storage.force({ $0.events.contains(.broken) }) { throw denied }
                try await store.append(event)
            }
        },
    ]

    private static let denied = StoreFailure("Nothing happened.", mayHaveHappened: false)
}

extension AuditEvent {
    /// Stands for a connection that is never made again.
    fileprivate static let broken = AuditEvent.example(
        of: OneTimeReservation(key: OneTimeKey(digest: []), login: UUID(), expiry: .distantPast))
}
