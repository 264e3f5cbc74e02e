import Foundation
import IdentityBroker
import Testing

@Suite("A page of records")
struct RecordPageTests {
    private func records(_ sizes: [Int]) -> [StoredRecord] {
        sizes.map { size in
            StoredRecord(key: RecordKey(kind: "note", id: RecordID(UUID())), body: Data(count: size))
        }
    }

    @Test(
        "ends with as many as were asked for, or before the one that exceeds its size",
        arguments: [
            ([], 3, 0, true), ([1, 1], 3, 2, true), ([1, 1, 1], 3, 3, false),
            ([1, RecordPage.greatestSize], 3, 1, false),
            ([RecordPage.greatestSize, 0], 3, 2, true), ([RecordPage.greatestSize, 0, 1], 4, 2, false),
            // Nobody but somebody else writes one like this.
            ([RecordPage.greatestSize + 1], 3, 1, true), ([RecordPage.greatestSize + 1, 0], 3, 1, false),
        ] as [([Int], Int, Int, Bool)])
    func end(sizes: [Int], count: Int, length: Int, isLast: Bool) {
        let records = records(sizes)
        let page = RecordPage(records, of: count)
        #expect(page.records == Array(records.prefix(length)))
        #expect(page.next == (isLast ? nil : records[length - 1].key))
    }
}
