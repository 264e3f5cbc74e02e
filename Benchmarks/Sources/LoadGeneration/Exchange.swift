import Measurement

/// The request that every transport sends.
public enum Exchange {
    /// The user pool in its path.
    public static let userPoolId = EXCHANGE_USER_POOL

    /// The secret in its body.
    public static let secret = EXCHANGE_SECRET

    /// The upstream's base URL.
    public static func baseURL(port: Int) -> String {
        "https://127.0.0.1:\(port)"
    }

    /// The request's URL.
    public static func url(port: Int) -> String {
        baseURL(port: port) + EXCHANGE_FOLDER + userPoolId
    }

    /// The JSON body with the ticket of this number.
    public static func body(_ number: UInt64) -> [UInt8] {
        let capacity = Int(exchange_body_capacity)
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            buffer.withMemoryRebound(to: CChar.self) { buffer in
                guard let start = buffer.baseAddress else { return }
                count = exchange_body(start, number)
            }
        }
    }
}
