"""Forms of English answers: plates, quizzes, signatures, openings, tales."""
