"""Forms of Spanish answers: badges, citations, quizzes, trees, layouts."""
