extension IPNetwork {
    /// The local machine, for an upstream that runs next to the broker: 127.0.0.0/8 and ::1.
    public static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
}
