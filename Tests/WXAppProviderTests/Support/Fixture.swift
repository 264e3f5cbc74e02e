import Foundation
import Testing

/// A file of this module's `Fixtures`.
enum Fixture: String {
    case documentedRecord = "documented-record"
    case documentedIdentity = "documented-identity"

    var text: String {
        get throws {
            let url = try #require(Bundle.module.url(forResource: "Fixtures/\(rawValue)", withExtension: "json"))
            return String(decoding: try Data(contentsOf: url), as: UTF8.self)
        }
    }
}
