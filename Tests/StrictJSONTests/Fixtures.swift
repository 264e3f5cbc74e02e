import Foundation
import StrictJSON

/// The documents in files.
enum Fixtures {
    private static let folder = Bundle.module.bundleURL.appending(path: "Fixtures")
    private static let suite = folder.appending(path: "json-test-suite/test_parsing")

    /// The user record on the vendor's page about the exchange of a ticket, as JSON.
    static func documentedUserRecord() throws -> [UInt8] {
        try bytes(of: folder.appending(path: "documented-user-record.json"))
    }

    /// The files of the JSON test suite whose names begin with this prefix, in order.
    static func suiteFiles(_ prefix: String) -> [String] {
        // If the folder cannot be read, the test of the number of files fails.
        let names = try? FileManager.default.contentsOfDirectory(atPath: suite.path(percentEncoded: false))
        return (names ?? []).filter { $0.hasPrefix(prefix) }.sorted()
    }

    static func suiteFile(_ name: String) throws -> [UInt8] {
        try bytes(of: suite.appending(path: name))
    }

    private static func bytes(of url: URL) throws -> [UInt8] {
        // `Data(contentsOf:)` leaks if a file is empty, which the leak sanitizer would report.
        [UInt8](try FileHandle(forReadingFrom: url).readToEnd() ?? Data())
    }
}

extension JSONReader {
    /// Why this reader refuses a document, or `nil` if it reads it.
    func refusal(of document: some Collection<UInt8>) -> JSONError? {
        do throws(JSONError) {
            _ = try read(document)
            return nil
        } catch {
            return error
        }
    }

    /// Why this reader refuses a text, or `nil` if it reads it.
    func refusal(of text: String) -> JSONError? {
        refusal(of: text.utf8)
    }
}
