extension Target {
    /// The cost of a login when there are many.
    static func flatness(in results: Results) -> [Target] {
        [0, 20, 200].map { delay in
            func cell(_ inFlight: Int) -> Cell {
                Cell(subject: Subject.memoryLogin, inFlight: inFlight, delay: delay)
            }
            return Target(
                "CPU a login with 1000 in flight ≤ 1.20 × with 64, upstream of \(delay) ms",
                results.ratio(.processor, of: cell(1000), to: cell(64)), .times, atMost: 1.20
            )
        }
    }

    /// The cost of the millionth login; empty if there were fewer.
    static func endurance(in results: Results) -> [Target] {
        func parts(_ figure: Figure, of subject: String) -> [Double] {
            let cell = Cell(suite: .endurance, subject: subject)
            return (results.values(.logins, of: cell).last ?? 0) < 1e6 ? [] : results.values(figure, of: cell)
        }
        // The first parts also pay for connections, and for memory that purges and deadlines free later.
        let processor = parts(.processor, of: Subject.sqliteLogin).dropFirst()
        let resident = parts(.resident, of: Subject.memoryLogin).dropFirst(4)
        return [
            Target(
                "CPU a login after 1,000,000 spent tickets in SQLite ≤ 1.20 × after 200,000",
                ratio(processor.last, processor.first), .times, atMost: 1.20
            ),
            Target(
                "Memory over 1,000,000 logins, once purges run: the most ≤ 1.10 × the least",
                ratio(resident.max(), resident.min()), .times, atMost: 1.10
            ),
        ]
    }

    private static func ratio(_ one: Double?, _ other: Double?) -> Spread? {
        guard let one, let other else { return nil }
        return Spread([one / other])
    }
}
