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

    /// Creates a page of the records that a store found.
    ///
    /// - Parameter count: How many were requested. If there are fewer, this is the last page.
    public init(_ records: [StoredRecord], of count: Int) {
        self.records = records
        next = records.count < count ? nil : records.last?.key
    }
}
