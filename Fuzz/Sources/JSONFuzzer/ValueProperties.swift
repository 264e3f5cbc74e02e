import FuzzSupport
import StrictJSON

/// The properties of every value that was read.
enum ValueProperties {
    static func check(_ value: JSONValue) {
        property("A description tells kind and size, and no content", holds: "\(value)".utf8.count <= 32)
        switch value {
        case .null, .bool, .string:
            break
        case .number(let number):
            checkNumber(number)
        case .array(let elements):
            elements.forEach(check)
        case .object(let object):
            let names = Set(object.map { Array($0.name.utf8) })
            property("No name stands twice in an object", holds: names.count == object.count)
            for member in object {
                property("A member is found by its name", holds: object[member.name] == member.value)
                check(member.value)
            }
        }
    }

    private static func checkNumber(_ number: JSONNumber) {
        if let integer = number.int64 {
            property("A whole number is the nearest Double to itself", holds: number.double == Double(integer))
        } else if let double = number.double, double != 0, double == double.rounded(), double.magnitude < 1e15 {
            // No two numbers of up to fifteen digits share a Double.
            let digits = number.literal.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber)
            property("A whole number of fifteen digits is read as one", holds: digits.count > 15)
        }
    }
}

extension JSONValue {
    /// The greatest number of arrays and objects that are open at once.
    var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 0
        case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.map(\.value.depth).max() ?? 0)
        }
    }
}
