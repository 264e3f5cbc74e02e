import Foundation
import IdentityBroker

extension StoreFlaw {
    private static let refusing = "while \(NaiveStorage.Fault.refusesEverything.rawValue)"
    private static let losing = "while \(NaiveStorage.Fault.losesAnswers.rawValue)"
    private static let wholeCommits =
        "a commit is done completely or not at all, reports truthfully which, and works again later"
    private static let wholeMixedCommits =
        "a commit of several kinds is done completely or not at all, and reports truthfully which"
    private static let recordSecrecy = "no failure reveals anything about a record"

    static let recordsUnderFault = [
        StoreFlaw(
            "takes no answer for a commit that was done",
            breaks: "\(refusing), \(wholeCommits)", "\(refusing), \(wholeMixedCommits)"
        ) {
            $0.commit = { store, operations, now throws(StoreFailure) in
                do throws(StoreFailure) { return try await store.commit(operations, at: now) } catch {
                    return .done(consumed: [])
                }
            }
        },
        StoreFlaw(
            "takes no answer for a commit that was not done",
            breaks: "\(losing), \(wholeCommits)", "\(losing), \(wholeMixedCommits)"
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
