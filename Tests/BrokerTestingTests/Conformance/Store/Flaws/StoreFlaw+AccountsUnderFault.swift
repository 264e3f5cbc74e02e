import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let refusing = "while \(NaiveStorage.Fault.refusesEverything.rawValue)"
    private static let losing = "while \(NaiveStorage.Fault.losesAnswers.rawValue)"
    private static let signingIn =
        "a sign-in is stored completely or not at all, reports truthfully which, and works again later"
    private static let replacing = "a replaced grant and its event are stored together or not at all"
    private static let storing = "a key ring is stored or not, as reported, and can be stored later"
    private static let secrecy = "no failure reveals anything about the person or the grant"

    static let accountsUnderFault = [
        StoreFlaw(
            "takes no answer for an account, a grant and a key ring",
            breaks: "\(refusing), \(signingIn)", "\(refusing), \(replacing)", "\(refusing), \(storing)"
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
            $0.replaceKeyRing = { store, keyRing throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.replaceKeyRing(with: keyRing) } catch { return true }
            }
        },
        StoreFlaw(
            "takes no answer for no account, no grant and no key ring",
            breaks: "\(losing), \(signingIn)", "\(losing), \(replacing)", "\(losing), \(storing)"
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
            $0.replaceKeyRing = { store, keyRing throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.replaceKeyRing(with: keyRing) } catch { throw denied }
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
