/// Figures as one line of JSON on standard output, as the clients in C write them.
public enum JSONLine {
    /// Writes the line.
    public static func print(_ figures: [String: Double]) {
        let members = figures.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\(($0.value * 1000).rounded() / 1000)" }
        Swift.print("{\(members.joined(separator: ","))}")
    }
}
