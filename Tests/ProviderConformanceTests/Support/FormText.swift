import Foundation

/// Text of type `application/x-www-form-urlencoded`.
enum FormText {
    static func encode(_ fields: [(String, String)]) -> String {
        fields.map { "\($0)=\(encode($1))" }.joined(separator: "&")
    }

    static func decode(_ text: String) -> [String: String] {
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(
            pairs.map { (String($0[0]), $0.count > 1 ? String($0[1]).removingPercentEncoding ?? "" : "") },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
