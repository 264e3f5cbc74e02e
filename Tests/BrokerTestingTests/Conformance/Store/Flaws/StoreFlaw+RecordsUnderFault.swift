import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let refusing = "while \(NaiveStorage.Fault.refusesEverything.rawValue)"
    private static let losing = "while \(NaiveStorage.Fault.losesAnswers.rawValue)"
    private static let wholeCommits =
        "a commit of records is done whole or not at all, says truly which, and works again later"
    private static let recordSecrecy = "no failure says anything of a record"

    static let recordsUnderFault = [
        StoreFlaw(
            "takes no answer for a commit that was done",
            breaks: "\(refusing), \(wholeCommits)"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.commit(operations, at: now) } catch {
                    return .done(consumed: [])
                }
            }
        },
        StoreFlaw(
            "takes no answer for a commit that was not done",
            breaks: "\(losing), \(wholeCommits)"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.commit(operations, at: now) } catch {
                    throw StoreFailure("Nothing happened.", mayHaveHappened: false)
                }
            }
        },
        StoreFlaw(
            "names the record in its failures",
            breaks: "\(refusing), \(recordSecrecy)", "\(losing), \(recordSecrecy)"
        ) {
            $0.record = { store, key, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.record(key, at: now) } catch {
                    throw StoreFailure("\(key.id.rawValue)", mayHaveHappened: error.mayHaveHappened)
                }
            }
        },
    ]
}
