import Foundation
import IdentityBroker

/// The file that `--declaration` names.
struct DeclarationFile {
    /// As long as a file of a configuration may be.
    static let maximumBytes = 1024 * 1024

    let text: String

    /// Reads a regular file: a pipe could block forever, and a device may have no end.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    init(path: String) throws(BrokerError) {
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let bytes: Data
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw BrokerError(.misconfigured, "What --declaration names is not a regular file.")
            }
            let file = try FileHandle(forReadingFrom: url)
            defer { try? file.close() }
            // One byte more than allowed shows that it is too long, whatever size the file system claims.
            bytes = try file.read(upToCount: Self.maximumBytes + 1) ?? Data()
        } catch let error as BrokerError {
            throw error
        } catch {
            throw BrokerError(.misconfigured, "The file of --declaration cannot be read.")
        }
        guard bytes.count <= Self.maximumBytes else {
            throw BrokerError(.misconfigured, "The file of --declaration is longer than 1 MiB. Is it the right one?")
        }
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw BrokerError(.misconfigured, "The file of --declaration is not UTF-8 text.")
        }
        self.text = text
    }
}
