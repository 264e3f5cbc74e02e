import BrokerTesting
import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let refusing = "while \(NaiveStorage.Fault.refusesEverything.rawValue)"
    private static let losing = "while \(NaiveStorage.Fault.losesAnswers.rawValue)"
    private static let signingIn =
        "a sign-in is stored completely or not at all, reports truthfully which, and works again later"
    private static let secrecy = "no failure reveals anything about the person or what is stored with the login"

    static let accountsUnderFault = [
        StoreFlaw(
            "takes no answer for an account",
            breaks: "\(refusing), \(signingIn)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    return try await store.signIn(signIn, spending: reservation, recording: event)
                } catch { return signIn.newAccount }
            }
        },
        StoreFlaw(
            "takes no answer for no account",
            breaks: "\(losing), \(signingIn)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    return try await store.signIn(signIn, spending: reservation, recording: event)
                } catch { throw denied }
            }
        },
        StoreFlaw(
            "makes the account though the event was refused",
            breaks: "\(refusing), \(signingIn)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                let id = store.storage.force { ledger in
                    if let reservation { ledger.settle(reservation, as: .spent) }
                    return ledger.signIn(signIn)
                }
                try await store.append(event)
                return id
            }
        },
        StoreFlaw(
            "writes the record though the sign-in was refused",
            breaks: "\(refusing), \(signingIn)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                store.storage.force { $0.put(signIn, for: signIn.newAccount) }
                return try await store.signIn(signIn, spending: reservation, recording: event)
            }
        },
        StoreFlaw(
            "names the person in its failures",
            breaks: "\(refusing), \(secrecy)", "\(losing), \(secrecy)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    return try await store.signIn(signIn, spending: reservation, recording: event)
                } catch { throw StoreFailure("\(signIn.claims)", mayHaveHappened: error.mayHaveHappened) }
            }
        },
    ]

    private static let denied = StoreFailure("Nothing happened.", mayHaveHappened: false)
}
