public import Foundation

/// A record as stores see it, with its body as bytes. Modules use ``Record``.
public struct StoredRecord: Sendable, Hashable {
    /// The record's kind and id.
    public let key: RecordKey
    /// Counts the changes, from 1. A change names the version it makes.
    public var version: Int
    /// When it expires; nil if it stays until it is deleted.
    public var expiry: Date?
    /// What it belongs to; up to 16.
    public var owners: Set<RecordOwner>
    /// The contents, up to 1 MiB. If they are secret, the module has sealed them.
    public var body: Data

    /// Creates a record.
    public init(key: RecordKey, version: Int = 1, expiry: Date? = nil, owners: Set<RecordOwner> = [], body: Data) {
        self.key = key
        self.version = version
        self.expiry = expiry
        self.owners = owners
        self.body = body
    }
}
