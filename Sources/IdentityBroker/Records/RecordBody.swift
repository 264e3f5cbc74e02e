public import Foundation

/// The contents of one kind of record. To keep a new kind of record, a module declares such a type:
///
/// ```swift
/// struct Consent: RecordBody, Codable {
///     static let recordKind: RecordKind = "consent"
///     var scopes: [String]
/// }
/// ```
///
/// A `Codable` type is stored as JSON. Other types, such as one that seals its contents, read and write their own bytes.
public protocol RecordBody: Sendable {
    /// The kind's name. It is never reused for contents of another format.
    static var recordKind: RecordKind { get }

    /// Reads a body.
    ///
    /// - Throws: Any error if the bytes are not such a body. The error is discarded, because it could contain some of them.
    init(recordBody: Data) throws

    /// Writes the body, up to 1 MiB.
    ///
    /// - Throws: Any error if the body cannot be written.
    func recordBody() throws -> Data
}

extension RecordBody {
    /// The key of the record of this kind with an id.
    public static func key(_ id: RecordID) -> RecordKey {
        RecordKey(kind: recordKind, id: id)
    }
}

extension RecordBody where Self: Codable {
    /// Reads a body from JSON.
    public init(recordBody: Data) throws {
        self = try JSONDecoder().decode(Self.self, from: recordBody)
    }

    /// Writes the body as JSON.
    public func recordBody() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
