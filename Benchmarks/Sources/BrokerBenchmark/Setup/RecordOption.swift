import ArgumentParser

import Foundation

/// The record that upstreams answer with.
struct RecordOption: ParsableArguments, Sendable {
    @Option(help: "The JSON file with the user record that the upstream answers with.")
    var record: String

    func transport() throws -> CannedTransport {
        CannedTransport(body: [UInt8](try Data(contentsOf: URL(filePath: record))))
    }
}
