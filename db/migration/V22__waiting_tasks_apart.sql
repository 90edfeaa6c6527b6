-- An idle worker looks past what others have, however many they are and however often they have said that they are alive.
drop index scheduled_tasks_due;
create index scheduled_tasks_due on scheduled_tasks (picked, priority desc, execution_time);
