import Foundation
import IdentityBroker

/// The parameters of a request for a page of records.
struct RecordRequest: Sendable {
    var selection: RecordSelection
    var after: RecordKey?
    var count: Int
    var now: Date

    func page(of store: NaiveStore) async throws(StoreFailure) -> RecordPage {
        try await store.records(selection, after: after, atMost: count, at: now)
    }
}
