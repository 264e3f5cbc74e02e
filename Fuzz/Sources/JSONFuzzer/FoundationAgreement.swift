import Foundation
import FuzzSupport
import StrictJSON

/// What the strict reader accepts, Foundation accepts as well, with the same value. The converse does not hold: the
/// strict reader exists to refuse more.
enum FoundationAgreement {
    static func check(_ document: [UInt8], _ value: JSONValue) {
        guard value.isWithinReach else { return }
        let other = try? JSONSerialization.jsonObject(with: Data(document), options: .fragmentsAllowed)
        property("What is read, Foundation reads as well", holds: other != nil)
        property("What is read is what Foundation reads", holds: other.map { agrees(value, $0) } == true)
    }

    private static func agrees(_ value: JSONValue, _ other: Any) -> Bool {
        switch value {
        case .null:
            return other is NSNull
        case .bool(let flag):
            return other as? Bool == flag
        case .number(let number):
            return (other as? NSNumber).map { agrees(number, $0.doubleValue) } == true
        case .string(let text):
            return (other as? String).map(text.isIdentical) == true
        case .array(let elements):
            guard let others = other as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy(agrees)
        case .object(let object):
            guard let others = other as? [String: Any] else { return false }
            // A dictionary treats canonically equivalent names as one key.
            guard Set(object.map(\.name)).count == object.count else { return true }
            return others.count == object.count
                && object.allSatisfy { member in others[member.name].map { agrees(member.value, $0) } == true }
        }
    }

    /// For numbers of many digits, Foundation goes through `Decimal`, and the result may differ slightly.
    private static func agrees(_ number: JSONNumber, _ other: Double) -> Bool {
        guard let double = number.double else { return false }
        return abs(double - other) <= double.magnitude * 1e-12
    }
}

extension JSONValue {
    /// Whether Foundation can read the value: it refuses numbers beyond Double, and loses byte order marks in strings.
    fileprivate var isWithinReach: Bool {
        switch self {
        case .null, .bool: true
        case .number(let number): number.double != nil
        case .string(let text): !text.unicodeScalars.contains("\u{FEFF}")
        case .array(let elements): elements.allSatisfy(\.isWithinReach)
        case .object(let object):
            object.allSatisfy { !$0.name.unicodeScalars.contains("\u{FEFF}") && $0.value.isWithinReach }
        }
    }
}
