import Foundation
import StrictJSON

/// Reads the exemplar's answers: strictly, unless a defect makes it as lenient as most readers.
enum ExemplarAnswer {
    static func read(_ body: [UInt8], defect: Defect?) throws -> JSONObject? {
        do {
            return try JSONReader().read(body).object
        } catch {
            guard let body = try repaired(body, defect: defect) else { throw error }
            return try JSONReader().read(body).object
        }
    }

    private static func repaired(_ body: [UInt8], defect: Defect?) throws -> [UInt8]? {
        switch defect {
        case .readsLeniently:
            // If a name is repeated, the last member silently wins.
            let root = try JSONSerialization.jsonObject(with: Data(body))
            return Array(try JSONSerialization.data(withJSONObject: root))
        case .repairsText:
            return Array(String(decoding: body, as: UTF8.self).utf8)
        case .overlooksRest:
            // The upstream's complete answer ends with its second brace.
            let ends = body.indices.filter { body[$0] == UInt8(ascii: "}") }
            return ends.count > 1 ? Array(body[...ends[1]]) : nil
        default:
            return nil
        }
    }
}
