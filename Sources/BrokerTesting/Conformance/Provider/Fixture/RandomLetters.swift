/// Texts that occur nowhere else, except for the same seed.
struct RandomLetters {
    private var generator: SeededGenerator

    init(seed: Int) {
        generator = SeededGenerator(seed: UInt64(bitPattern: Int64(seed)))
    }

    /// Lower-case letters.
    mutating func next(_ count: Int) -> String {
        pick(count, from: "abcdefghijklmnopqrstuvwxyz")
    }

    mutating func nextDigits(_ count: Int) -> String {
        pick(count, from: "0123456789")
    }

    private mutating func pick(_ count: Int, from alphabet: String) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
    }
}
