import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let refusing = "while \(NaiveStorage.Fault.refusesEverything.rawValue)"
    private static let losing = "while \(NaiveStorage.Fault.losesAnswers.rawValue)"
    private static let signingIn =
        "a sign-in is stored completely or not at all, reports truthfully which, and works again later"
    private static let replacing = "a replaced grant and its event are stored together or not at all"
    private static let secrecy = "no failure reveals anything about the person or the grant"

    static let accountsUnderFault = [
        StoreFlaw(
            "takes no answer for an account and a grant",
            breaks: "\(refusing), \(signingIn)", "\(refusing), \(replacing)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    return try await store.signIn(signIn, spending: reservation, recording: event)
                } catch { return signIn.newAccount }
            }
            $0.replace = { store, grant, event throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.replace(grant, recording: event) } catch {
                    return true
                }
            }
        },
        StoreFlaw(
            "takes no answer for no account and no grant",
            breaks: "\(losing), \(signingIn)", "\(losing), \(replacing)"
        ) {
            $0.signIn = { store, signIn, reservation, event throws(StoreFailure) in
                do throws(StoreFailure) {
                    return try await store.signIn(signIn, spending: reservation, recording: event)
                } catch { throw denied }
            }
            $0.replace = { store, grant, event throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.replace(grant, recording: event) } catch {
                    throw denied
                }
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
            "writes the event though the grant was refused",
            breaks: "\(refusing), \(replacing)"
        ) {
            $0.replace = { store, grant, event throws(StoreFailure) in
                store.storage.force { $0.events.append(event) }
                return try store.storage.change { $0.replace(grant) }
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
