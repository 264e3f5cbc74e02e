/// Which records to read.
public enum RecordSelection: Sendable, Hashable {
    /// All of a kind.
    case all(RecordKind)
    /// All of an owner, or only those of one kind.
    case owned(by: RecordOwner, kind: RecordKind? = nil)
}

/// Some of the selected records, in the order of their keys.
public struct RecordPage: Sendable, Hashable {
    /// The records.
    public let records: [StoredRecord]
    /// Where the next page starts; nil if this is the last one.
    public let next: RecordKey?

    /// The maximum number of records in a page.
    public static let greatestCount = 100

    /// A requested number of records, brought within the limits.
    package static func count(_ count: Int) -> Int { min(max(1, count), greatestCount) }

    /// The maximum size of a page's bodies in total, in bytes: a mebibyte, as for one record.
    public static let greatestSize = 1024 * 1024

    /// Creates a page of the records that a store found, which ends where their bodies would exceed ``greatestSize``.
    ///
    /// - Parameters:
    ///   - records: The records in the order of their keys. Those after the first one that exceeds the size may be missing.
    ///   - count: How many were requested. If there are fewer, and none exceeds the size, this is the last page.
    public init(_ records: [StoredRecord], of count: Int) {
        var size = 0
        let end = records.indices.first { index in
            size += records[index].body.count
            return index > 0 && size > Self.greatestSize
        }
        self.records = Array(records.prefix(end ?? records.count))
        next = end == nil && records.count < count ? nil : self.records.last?.key
    }
}
